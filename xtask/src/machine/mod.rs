//! What has to be on the machine: finds it, installs it where that works, and
//! else says the command. Never changes a running service.

pub mod node;
