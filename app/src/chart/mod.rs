//! Geometry of the charts: pure functions from numbers to paths, tested without a browser.
//!
//! A chart's own unit is the day across and per cent up, drawn with `preserveAspectRatio="none"`: it
//! fills any width without script. Words on the axes are HTML beside it, so that they never stretch.

mod axis;
mod marks;
mod path;

pub use axis::{Ticks, day_marks, ticks};
pub use marks::{Mark, turns};
pub use path::{area, columns, line, runs, stacked, steps};
