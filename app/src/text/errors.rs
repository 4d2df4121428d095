//! What went wrong, in words: from the code of an error to a sentence that says what to do.

use super::Text;
use domain::{ApiError, ErrorCode, FieldError};

/// Sentences by kind of failure.
pub struct Errors {
    pub offline: &'static str,
    pub offline_hint: &'static str,
    pub sign_in_again: &'static str,
    pub denied: &'static str,
    pub account_disabled: &'static str,
    pub tenant_suspended: &'static str,
    pub closed: &'static str,
    pub not_found: &'static str,
    pub conflict: &'static str,
    pub too_large: &'static str,
    pub rate_limited: &'static str,
    pub rate_limited_for: fn(u32) -> String,
    pub marketplace: &'static str,
    pub unavailable: &'static str,
    pub unavailable_hint: &'static str,
    pub internal: &'static str,
    pub internal_hint: &'static str,
    pub validation: &'static str,
    pub request_id: &'static str,
    pub again: &'static str,
    pub page_not_found: &'static str,
    pub page_not_found_hint: &'static str,
    pub home: &'static str,
    pub rules: Rules,
}

/// Sentences by broken rule of a form's field.
pub struct Rules {
    pub missing: &'static str,
    pub email: &'static str,
    pub too_short: fn(&str) -> &'static str,
    pub too_long: &'static str,
    pub too_many_bytes: &'static str,
    pub control_character: &'static str,
    pub common: &'static str,
    pub wrong_password: &'static str,
    pub wrong_code: &'static str,
    pub link_over: &'static str,
}

impl Text {
    /// One sentence for a failure.
    pub fn failure(&self, error: &ApiError) -> String {
        let texts = self.errors();
        if let Some(limit) = &error.limit {
            let reached = (self.plans().reached)(limit.name, limit.plan.name(), limit.allowed);
            let lifted = limit.lifted_by.map(|plan| (self.plans().lifted_by)(plan.name()));
            return [Some(reached), lifted].into_iter().flatten().collect::<Vec<_>>().join(" ");
        }
        let sentence = match error.code {
            _ if error.status == 0 => texts.offline,
            ErrorCode::AuthenticationError | ErrorCode::SecondFactorRequired => texts.sign_in_again,
            ErrorCode::PermissionDenied | ErrorCode::PlanLimit => texts.denied,
            ErrorCode::AccountDisabled => texts.account_disabled,
            ErrorCode::TenantSuspended => texts.tenant_suspended,
            ErrorCode::Closed => texts.closed,
            ErrorCode::PersonRequired => self.team().person_required,
            ErrorCode::InvitedAnother => self.team().invited_another,
            ErrorCode::NotFound => texts.not_found,
            ErrorCode::Conflict => texts.conflict,
            ErrorCode::LastOwner => self.team().last_owner,
            ErrorCode::PayloadTooLarge => texts.too_large,
            ErrorCode::RateLimited => {
                return error
                    .retry_after
                    .map_or_else(|| texts.rate_limited.to_owned(), texts.rate_limited_for);
            }
            ErrorCode::MarketplaceError => texts.marketplace,
            ErrorCode::Unavailable => texts.unavailable,
            ErrorCode::ValidationError => texts.validation,
            ErrorCode::MethodNotAllowed
            | ErrorCode::NotAcceptable
            | ErrorCode::UnsupportedMediaType
            | ErrorCode::InternalError => texts.internal,
        };
        sentence.to_owned()
    }

    /// One sentence for a field's mistake; the server's English one when the rule is new to us.
    pub fn rule(&self, error: &FieldError) -> String {
        let rules = &self.errors().rules;
        let sentence = match error.code.as_str() {
            "missing" => rules.missing,
            "email" => rules.email,
            "too_short" => (rules.too_short)(error.field()),
            "too_long" => rules.too_long,
            "too_many_bytes" => rules.too_many_bytes,
            "mismatch" => self.team().rule_mismatch,
            "taken" => self.team().rule_taken,
            "out_of_range" if error.field() == "expires_in_days" => self.team().rule_days,
            "out_of_range"
                if ["lead_days", "review_days", "buffer_days"].contains(&error.field()) =>
            {
                self.today().rule_days
            }
            "control_character" => rules.control_character,
            "wrong_password" => rules.wrong_password,
            "wrong_code" => rules.wrong_code,
            "link_over" => rules.link_over,
            "common" | "too_common" | "common_password" => rules.common,
            _ => return error.msg.clone(),
        };
        sentence.to_owned()
    }
}
