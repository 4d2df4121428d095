//! What stands around pages: the frame of the application, and the narrow page of the front door.

pub mod account_chip;
pub mod companies;
pub mod door;
pub mod frame;
pub mod live;
pub mod places;
