"""What the strict servers of both platforms stand on: a clock, a stage to act and wait on, faults, limits."""
