//! Who is an operator: a person whom a command on the machine made one, signed in with a second factor. Asked anew each
//! time: who was taken away is out at once.

use crate::{Caller, Client, Services, error::Result};
use domain::{ApiError, ErrorCode, UserId};
use store::{Actor, Reason};

/// An operator at work. Made by [`enter`] alone.
#[derive(Clone, Debug)]
pub struct Operator {
    user: UserId,
    client: Client,
}

impl Operator {
    /// Who.
    pub(super) fn user(&self) -> UserId {
        self.user
    }

    /// From where.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }
}

/// Lets an operator in. 404 for anybody else, an API key among them: nobody is told that there is such a place; 403 for
/// an operator whose sign-in asked for no second factor.
pub async fn enter(services: &Services, caller: &Caller, client: &Client) -> Result<Operator> {
    let Actor::Person { user, session, .. } = caller.actor() else {
        return Err(ApiError::not_found("page").into());
    };
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let is_operator = tx.operator(*user, *session).await?;
    tx.commit().await?;
    match is_operator {
        Some(true) => Ok(Operator { user: *user, client: client.clone() }),
        Some(false) => Err(ApiError::new(
            ErrorCode::PermissionDenied,
            "Operators sign in with a second factor: switch it on in your profile, then sign in again.",
        )
        .into()),
        None => Err(ApiError::not_found("page").into()),
    }
}
