//! Slows wrong sign-ins down: per address, per account, and per account from an address it knows. Whoever guesses runs
//! dry; the owner, coming from where they signed in before, has a measure of their own and is never locked out.

use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// More are forgotten, the fullest first: memory is bounded whoever asks.
const MOST: usize = 20_000;

/// A measure: so many tries at once, then one every so often.
#[derive(Clone, Copy)]
struct Measure {
    tries: u8,
    every: TimeDelta,
}

const ADDRESS: Measure = Measure { tries: 20, every: TimeDelta::seconds(5) };
const ACCOUNT: Measure = Measure { tries: 10, every: TimeDelta::seconds(30) };
/// A guesser of codes knows the password, and a code has a million values: slower, whoever waits.
const CODE: Measure = Measure { tries: 10, every: TimeDelta::seconds(120) };
const LETTERS: Measure = Measure { tries: 3, every: TimeDelta::minutes(10) };
const LETTERS_FROM: Measure = Measure { tries: 10, every: TimeDelta::minutes(1) };
const FAMILIAR: Measure = Measure { tries: 10, every: TimeDelta::seconds(10) };

/// What is guessed at an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Guess {
    /// Its password.
    Password,
    /// A code of its second factor.
    Code,
}

/// What is measured.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Address(IpAddr),
    Account(Guess, String),
    Familiar(Guess, String, IpAddr),
    Letters(String),
    LettersFrom(IpAddr),
}

impl Key {
    fn measure(&self) -> Measure {
        match self {
            Self::Address(_) => ADDRESS,
            Self::Account(Guess::Password, _) => ACCOUNT,
            Self::Familiar(Guess::Password, ..) => FAMILIAR,
            Self::Account(Guess::Code, _) | Self::Familiar(Guess::Code, ..) => CODE,
            Self::Letters(_) => LETTERS,
            Self::LettersFrom(_) => LETTERS_FROM,
        }
    }
}

/// The measures of this process.
pub(crate) struct Brakes(Mutex<HashMap<Key, DateTime<Utc>>>);

/// A try that was paid for; given back when the password was right.
pub(crate) struct Paid(Vec<Key>);

/// The account's measure is empty; it may still be paid from an address that the account knows.
pub(crate) enum Refused {
    /// Too many from this address.
    Address { retry_after_s: u32 },
    /// Too many at this account.
    Account { retry_after_s: u32 },
}

impl Brakes {
    pub fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    /// Pays for a try from an address at an account.
    pub fn pay(
        &self,
        guess: Guess,
        email_key: &str,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<Paid, Refused> {
        let address = Key::Address(network(address));
        let account = Key::Account(guess, email_key.to_owned());
        let mut spent = self.spent();
        take(&mut spent, &address, now)
            .map_err(|retry_after_s| Refused::Address { retry_after_s })?;
        take(&mut spent, &account, now).map_err(|retry_after_s| {
            give_back(&mut spent, &address);
            Refused::Account { retry_after_s }
        })?;
        trim(&mut spent, now);
        Ok(Paid(vec![address, account]))
    }

    /// Pays for a try at an account whose measure others have emptied, from an address that it knows.
    pub fn pay_as_familiar(
        &self,
        guess: Guess,
        email_key: &str,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<Paid, u32> {
        let key = Key::Familiar(guess, email_key.to_owned(), network(address));
        let mut spent = self.spent();
        take(&mut spent, &key, now)?;
        trim(&mut spent, now);
        Ok(Paid(vec![key]))
    }

    /// Pays for a letter to an address that somebody typed. False when it was sent enough of them: whoever asked is
    /// not told. An error, in seconds, when it is this machine that asks too much.
    pub fn pay_letter(
        &self,
        email_key: &str,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<bool, u32> {
        let mut spent = self.spent();
        take(&mut spent, &Key::LettersFrom(network(address)), now)?;
        let enough = take(&mut spent, &Key::Letters(email_key.to_owned()), now).is_err();
        trim(&mut spent, now);
        Ok(!enough)
    }

    /// The password was right: the try was free.
    pub fn refund(&self, paid: Paid) {
        let mut spent = self.spent();
        for key in paid.0 {
            give_back(&mut spent, &key);
        }
    }

    fn spent(&self) -> MutexGuard<'_, HashMap<Key, DateTime<Utc>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A measure is kept as the moment at which it will be full again.
fn take(spent: &mut HashMap<Key, DateTime<Utc>>, key: &Key, now: DateTime<Utc>) -> Result<(), u32> {
    let Measure { tries, every } = key.measure();
    let full_at = spent.get(key).copied().filter(|at| *at > now).unwrap_or(now) + every;
    let over = full_at - (now + every * i32::from(tries));
    if over > TimeDelta::zero() {
        let seconds = over.num_milliseconds().div_euclid(1000) + 1;
        return Err(seconds.try_into().unwrap_or(u32::MAX));
    }
    spent.insert(key.clone(), full_at);
    Ok(())
}

fn give_back(spent: &mut HashMap<Key, DateTime<Utc>>, key: &Key) {
    if let Some(full_at) = spent.get_mut(key) {
        *full_at -= key.measure().every;
    }
}

fn trim(spent: &mut HashMap<Key, DateTime<Utc>>, now: DateTime<Utc>) {
    if spent.len() <= MOST {
        return;
    }
    spent.retain(|_, full_at| *full_at > now);
    if spent.len() > MOST {
        let mut times: Vec<_> = spent.values().copied().collect();
        let (_, middle, _) = times.select_nth_unstable(MOST / 2);
        let middle = *middle;
        spent.retain(|_, full_at| *full_at > middle);
    }
}

/// The network that one customer of a provider has: of IPv6 a /64.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_789_000_000 + seconds, 0).unwrap()
    }

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const AWAY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn guessing_runs_dry_and_recovers() {
        let brakes = Brakes::new();
        for _ in 0..10 {
            assert!(brakes.pay(Guess::Password, "anna", AWAY, at(0)).is_ok());
        }
        assert!(matches!(
            brakes.pay(Guess::Password, "anna", AWAY, at(0)),
            Err(Refused::Account { retry_after_s: 31 })
        ));
        assert!(brakes.pay(Guess::Password, "anna", AWAY, at(31)).is_ok());
        assert!(brakes.pay(Guess::Password, "anna", AWAY, at(31)).is_err());
    }

    #[test]
    fn the_owner_comes_in_from_home_whatever_others_do() {
        let brakes = Brakes::new();
        while brakes.pay(Guess::Password, "anna", AWAY, at(0)).is_ok() {}
        assert!(brakes.pay(Guess::Password, "anna", HOME, at(0)).is_err());
        assert!(brakes.pay_as_familiar(Guess::Password, "anna", HOME, at(0)).is_ok());
    }

    #[test]
    fn one_address_at_many_accounts_runs_dry_too() {
        let brakes = Brakes::new();
        for number in 0..20 {
            assert!(brakes.pay(Guess::Password, &number.to_string(), HOME, at(0)).is_ok());
        }
        assert!(matches!(
            brakes.pay(Guess::Password, "another", HOME, at(0)),
            Err(Refused::Address { .. })
        ));
        assert!(brakes.pay(Guess::Password, "another", AWAY, at(0)).is_ok());
    }

    #[test]
    fn right_passwords_are_free() {
        let brakes = Brakes::new();
        for _ in 0..100 {
            let Ok(paid) = brakes.pay(Guess::Password, "anna", HOME, at(0)) else { panic!("free") };
            brakes.refund(paid);
        }
    }

    #[test]
    fn memory_is_bounded() {
        let brakes = Brakes::new();
        for number in 0..30_000_u32 {
            let address = IpAddr::V4(std::net::Ipv4Addr::from_bits(number));
            assert!(brakes.pay(Guess::Password, &number.to_string(), address, at(0)).is_ok());
        }
        assert!(brakes.spent().len() <= MOST);
    }
}
