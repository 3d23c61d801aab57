"""The pages of the store, part by part."""
