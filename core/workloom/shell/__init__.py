"""The desktop: frame, regions, login, toast and notices. It knows no feature; plugins bring them."""
