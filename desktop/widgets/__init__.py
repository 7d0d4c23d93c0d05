"""Widgets that know pictures, not models: any tab can use them."""
