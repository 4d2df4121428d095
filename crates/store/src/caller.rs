//! Who asks. Without a `Caller` there is no tenant id, and without a tenant id no query.

use domain::{ApiKeyId, Permission, Plan, Role, SessionId, SyncRunId, TenantId, UserId};
use std::sync::Arc;

/// Someone who may act in one tenant, proven by a row of the database.
///
/// Its fields are private and it has no public constructor: outside of this crate a `Caller` can only
/// be looked up, never made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub(crate) tenant: TenantId,
    pub(crate) actor: Actor,
    pub(crate) plan: Plan,
    pub(crate) operates: bool,
}

/// A person at work, a program with a key of the company's, or a job that one of them started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Signed in.
    Person {
        /// Who.
        user: UserId,
        /// By which sign-in.
        session: SessionId,
        /// As what.
        role: Role,
    },
    /// A program that holds a key of the company's.
    ApiKey {
        /// Which.
        key: ApiKeyId,
        /// What the key is called.
        name: Arc<str>,
        /// What it may do.
        role: Role,
    },
    /// A worker that took this run from the queue.
    Job {
        /// The run.
        run: SyncRunId,
    },
}

impl Caller {
    /// The tenant: the only one whose rows this caller reaches.
    pub fn tenant_id(&self) -> TenantId {
        self.tenant
    }

    /// The company's plan when the caller was looked up; a demo has that of [`Plan::Pro`].
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// Whether the person was an operator of the installation when they were looked up: where the way to the operators'
    /// area is shown. Who is let in is asked anew.
    pub fn operates(&self) -> bool {
        self.operates
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The person, if it is one.
    pub fn user_id(&self) -> Option<UserId> {
        match self.actor {
            Actor::Person { user, .. } => Some(user),
            Actor::ApiKey { .. } | Actor::Job { .. } => None,
        }
    }

    /// The sign-in, if there is one.
    pub fn session_id(&self) -> Option<SessionId> {
        match self.actor {
            Actor::Person { session, .. } => Some(session),
            Actor::ApiKey { .. } | Actor::Job { .. } => None,
        }
    }

    /// The role of the person or the key; a job has none.
    pub fn role(&self) -> Option<Role> {
        match self.actor {
            Actor::Person { role, .. } | Actor::ApiKey { role, .. } => Some(role),
            Actor::Job { .. } => None,
        }
    }

    /// Whether the role allows it. A job was allowed when it was started.
    pub fn may(&self, permission: Permission) -> bool {
        self.role().is_none_or(|role| role.may(permission))
    }
}
