//! Checks of the checkout itself.
