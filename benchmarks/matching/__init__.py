"""What matching costs and gives, measured."""
