//! What the operator decides about the product's behaviour. Read from the environment by the server, never here.

use chrono::TimeDelta;
use domain::Plan;
use url::Url;

/// The decisions, with their defaults in [`Settings::new`].
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where browsers find this installation: the cookie's name, `Secure`, and same-origin proof follow it.
    pub public_url: Url,
    /// Who may register.
    pub registration: Registration,
    /// The demo.
    pub demo: DemoSettings,
    /// Whether wrong sign-ins are slowed down, and calls and syncs keep their plan's pace. Off for benchmarks and tests;
    /// the bound on hashing stays, and so do the plans' counts.
    pub rate_limit: bool,
    /// The plan that a new company begins with.
    pub new_company_plan: Plan,
    /// How long a sign-in that was looked up is believed. Longer only in the benchmark that measures what it costs.
    pub sign_in_believed: TimeDelta,
    /// Whether requests keep the marketplaces' published pace by themselves. Off for benchmarks against a simulator
    /// without limits; what a marketplace asks for is obeyed either way.
    pub marketplace_pace: bool,
    /// Whether shops are read by themselves when something is due. Off in tests that move the clock.
    pub schedules: bool,
}

/// Who may register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Anybody.
    Open,
    /// Whoever was invited.
    Invite,
    /// Nobody.
    Closed,
}

/// Shops to look around in.
#[derive(Clone, Debug)]
pub struct DemoSettings {
    /// Whether there are any.
    pub on: bool,
    /// How many one address may start in 24 hours.
    pub per_address: u32,
    /// How long one lives.
    pub lifetime: TimeDelta,
}

impl Settings {
    /// Registration and the demo open, five demos an address a day, wrong sign-ins slowed down.
    pub fn new(public_url: Url) -> Self {
        Self {
            public_url,
            registration: Registration::Open,
            demo: DemoSettings { on: true, per_address: 5, lifetime: TimeDelta::hours(24) },
            rate_limit: true,
            new_company_plan: Plan::Free,
            sign_in_believed: TimeDelta::milliseconds(500),
            marketplace_pace: true,
            schedules: true,
        }
    }

    /// Whether browsers come over https.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}
