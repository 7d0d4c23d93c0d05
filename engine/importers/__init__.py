"""Weights that people already have, converted once into a model folder of this app: one file a format.

Needs torch, as the reference that every converted model is compared with.
"""
