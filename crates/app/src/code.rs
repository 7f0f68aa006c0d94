//! The one table of error codes: stable text and HTTP status. Append-only.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)+) => {
        /// A stable code of what went wrong; each has `error-<text>` in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Gives the stable text.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// Gives the HTTP status.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }
        }
    };
}

codes! {
    /// It is not there, or the viewer may not know that it is.
    NotFound = "not_found", 404;
    /// The viewer sees it and may not do this to it.
    Forbidden = "forbidden", 403;
    /// Nobody is signed in.
    SignInNeeded = "sign_in_needed", 401;
    /// The address or the password is wrong.
    SignInWrong = "sign_in_wrong", 401;
    /// Too many tries; wait.
    TooManyTries = "too_many_tries", 429;
    /// The form is out of date or comes from elsewhere.
    FormExpired = "form_expired", 403;
    /// A field has a value that it may not have.
    FieldInvalid = "field_invalid", 422;
    /// A required field is empty.
    FieldMissing = "field_missing", 422;
    /// Somebody else changed it since.
    ChangedSince = "changed_since", 412;
    /// The step does not follow from the present state.
    StepRefused = "step_refused", 409;
    /// Several things have this name.
    NameAmbiguous = "name_ambiguous", 409;
    /// The upload is larger than the limit.
    UploadTooLarge = "upload_too_large", 413;
    /// The file is not of the format that its name says.
    FileFormat = "file_format", 415;
    /// An import of these things is running.
    ImportRunning = "import_running", 409;
    /// The request cannot be read.
    RequestUnreadable = "request_unreadable", 400;
    /// The method is not allowed here.
    MethodNotAllowed = "method_not_allowed", 405;
    /// The disk is full.
    DiskFull = "disk_full", 507;
    /// Two writers met too often.
    Busy = "busy", 503;
    /// The answer took too long.
    TookTooLong = "took_too_long", 503;
    /// The database is of a newer version.
    DatabaseNewer = "database_newer", 500;
    /// A migration was changed.
    MigrationChanged = "migration_changed", 500;
    /// One looks with another person's eyes, which changes nothing.
    ViewingAs = "viewing_as", 403;
    /// A wall stands between the accounts that somebody would serve.
    WallBetween = "wall_between", 409;
    /// Nobody changes one's own roles.
    OwnRight = "own_right", 403;
    /// A bug or a broken machine. Details are in the log, never in the answer.
    Internal = "internal", 500;
    /// The password is shorter than it may be.
    PasswordShort = "password_short", 422;
    /// The password is too easily guessed.
    PasswordWeak = "password_weak", 422;
    /// The code of the second step is wrong or was used.
    CodeWrong = "code_wrong", 401;
    /// The password is right; the code of the second step is asked for.
    SecondStepNeeded = "second_step_needed", 401;
    /// A role needs a second step, which must be set up first.
    SecondStepRequired = "second_step_required", 403;
    /// The sign-in took too long or too many codes: the password is asked again.
    SignInOver = "sign_in_over", 401;
    /// This asks for the password again.
    ProofNeeded = "proof_needed", 403;
    /// The link was used, revoked, is too old or never was.
    LinkOver = "link_over", 410;
    /// No mail is set up here.
    MailAbsent = "mail_absent", 409;
    /// The address has a sign-in.
    LoginTaken = "login_taken", 409;
    /// Nobody could administer the program any more.
    LastAdministrator = "last_administrator", 409;
    /// The token is unknown, over or taken back, or its owner is out.
    TokenInvalid = "token_invalid", 401;
    /// The token was not made for this.
    ScopeMissing = "scope_missing", 403;
    /// Only a person who is signed in may do this, no script.
    PersonNeeded = "person_needed", 403;
    /// The settings do not allow calls to this address.
    AddressRefused = "address_refused", 422;
    /// A token, a password or a key stands in an address.
    TokenInQuery = "token_in_query", 400;
    /// A parameter of the address is unknown, given twice, or has a value that it may not have.
    ParameterInvalid = "parameter_invalid", 400;
    /// The body of a request is not of a kind that is read here.
    MediaType = "media_type", 415;
    /// The body of a request is too large.
    BodyTooLarge = "body_too_large", 413;
    /// A change does not say by `If-Match` what it changes.
    MatchNeeded = "match_needed", 428;
    /// The same `Idempotency-Key` came with another request.
    KeyReused = "key_reused", 422;
    /// A request with the same `Idempotency-Key` is being answered.
    KeyRunning = "key_running", 409;
    /// Too many requests; wait.
    TooManyRequests = "too_many_requests", 429;
    /// No place for checkpoints is set up.
    CheckpointNowhere = "checkpoint_nowhere", 409;
    /// A place did not take a checkpoint.
    CheckpointFailed = "checkpoint_failed", 502;
    /// A backup could not be made, or did not hold what it should.
    BackupFailed = "backup_failed", 500;
    /// More than a file of a list may hold.
    ListTooLong = "list_too_long", 422;
    /// The answer of a provider is not believed.
    SignInUnchecked = "sign_in_unchecked", 401;
    /// A sign-in over a provider or by passkey took too long or was begun elsewhere.
    SignInExpired = "sign_in_expired", 401;
    /// Somebody else vouches for the person, who has no way in here.
    SignInRefused = "sign_in_refused", 403;
    /// Passwords of ours are for break-glass administrators alone.
    ProviderOnly = "provider_only", 403;
    /// A provider cannot be reached.
    ProviderDown = "provider_down", 503;
    /// The directory cannot be reached.
    DirectoryDown = "directory_down", 503;
    /// A passkey does not fit.
    PasskeyWrong = "passkey_wrong", 401;
    /// The watched folder, or a file in it, cannot be read or moved.
    InboxUnusable = "inbox_unusable", 500;
    /// There is such a wall between the two accounts already.
    WallStands = "wall_stands", 409;
    /// Another one has this name already.
    NameTaken = "name_taken", 409;
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn no_two_codes_have_the_same_text() {
        for (at, code) in Code::ALL.iter().enumerate() {
            assert!(
                Code::ALL.iter().skip(at + 1).all(|other| other.text() != code.text()),
                "{code:?}"
            );
        }
    }
}
