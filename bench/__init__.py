"""Benchmarks that a busy machine does not blur: pairs of measurements, and counts."""
