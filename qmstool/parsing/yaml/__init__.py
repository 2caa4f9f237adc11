"""Read one YAML text into placed values, and name the cause where it cannot be read."""
