"""A quality manual kept as text in git: checked, versioned, published."""

__version__ = "0.1.0"
