"""The tables of the README, each by one command: ``python -m benchmarks [NAME...]``."""
