"""What each method of the peers is compared by."""
