"""An app as the store's message: numbered fields, each built when asked for."""
