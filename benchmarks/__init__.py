"""What the parts are worth, measured on data that lies beside the project."""
