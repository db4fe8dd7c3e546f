"""Pure rules: data in, data out."""
