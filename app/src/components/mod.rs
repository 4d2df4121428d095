//! Pieces of pages, one a file: views of domain values. They fetch nothing and decide nothing.

pub mod age;
pub mod alert;
pub mod computed;
pub mod confirm;
pub mod copyable;
pub mod cover;
pub mod day_plane;
pub mod export_links;
pub mod failure;
pub mod field;
pub mod history_chart;
pub mod icon;
pub mod logo;
pub mod menu;
pub mod once;
pub mod pager;
pub mod palette;
pub mod photo;
pub mod progress_bar;
pub mod quantity;
pub mod sparkline;
pub mod switches;
pub mod sync_button;
pub mod told;
