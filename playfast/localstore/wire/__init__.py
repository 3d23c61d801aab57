"""How answers become bytes: escaped JSON, frames and their framing, gzip from prepared parts."""
