//! The numbers of Stock Tracker: velocity, cover, grades, windows of days, closing stock, orders, losses, classes.
//!
//! Pure functions over integers: no IO, no clock, no floats. They run on the server and in the browser.

pub mod calendar;
pub mod classes;
pub mod closing;
pub mod cover;
pub mod grade;
pub mod lost;
pub mod ozon;
pub mod replenish;
pub mod settings;
pub mod velocity;
pub mod wildberries;

pub use calendar::{Window, day_of, day_starts_at};
pub use classes::{abc, demand_class, xyz};
pub use closing::{closing_levels, days_in_stock};
pub use cover::{cover, cover_together};
pub use grade::{Grade, grade};
pub use lost::{dead_units, lost_units};
pub use replenish::{Packing, order_units, units_at_risk};
pub use settings::inherited;
pub use velocity::{WINDOW_DAYS, known_days, velocity};
