//! The numbers of Stock Tracker: velocity, cover, grades, windows of days, closing stock.
//!
//! Pure functions over integers: no IO, no clock, no floats. They run on the server and in the browser.

pub mod calendar;
pub mod closing;
pub mod cover;
pub mod grade;
pub mod ozon;
pub mod velocity;

pub use calendar::{Window, day_of, day_starts_at};
pub use closing::{closing_levels, days_in_stock};
pub use cover::cover;
pub use grade::{Grade, grade};
pub use velocity::{WINDOW_DAYS, known_days, velocity};
