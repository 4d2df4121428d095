//! Who asks. Without a `Caller` there is no tenant id, and without a tenant id no query.

use domain::{Permission, Role, SessionId, SyncRunId, TenantId, UserId};

/// Someone who may act in one tenant, proven by a row of the database.
///
/// Its fields are private and it has no public constructor: outside of this crate a `Caller` can only
/// be looked up, never made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub(crate) tenant: TenantId,
    pub(crate) actor: Actor,
}

/// A person at work, or a job that one of them started.
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

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The person, if it is one.
    pub fn user_id(&self) -> Option<UserId> {
        match self.actor {
            Actor::Person { user, .. } => Some(user),
            Actor::Job { .. } => None,
        }
    }

    /// The sign-in, if there is one.
    pub fn session_id(&self) -> Option<SessionId> {
        match self.actor {
            Actor::Person { session, .. } => Some(session),
            Actor::Job { .. } => None,
        }
    }

    /// The person's role; a job has none.
    pub fn role(&self) -> Option<Role> {
        match self.actor {
            Actor::Person { role, .. } => Some(role),
            Actor::Job { .. } => None,
        }
    }

    /// Whether the role allows it. A job was allowed when it was started.
    pub fn may(&self, permission: Permission) -> bool {
        self.role().is_none_or(|role| role.may(permission))
    }
}
