//! The sections `[sign_in]` and `[ldap]`; providers are `[[oidc]]` tables, read apart.

use super::{Field, whole, yes_or_no};

/// The sections' values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "sign_in.only_providers",
        default: "false",
        is_secret: false,
        meaning: "Passwords and passkeys of ours are for break-glass administrators alone; everybody else comes in over a provider or the directory.",
        check: yes_or_no,
    },
    Field {
        key: "sign_in.break_glass",
        default: "",
        is_secret: false,
        meaning: "Addresses, separated by commas, that always come in with a password of ours, even when provider and directory are down.",
        check: |_| Ok(()),
    },
    Field {
        key: "ldap.url",
        default: "",
        is_secret: false,
        meaning: "The directory's servers, tried in order and separated by spaces: `ldaps://ad1.example.com ldaps://ad2.example.com`. Empty: no directory.",
        check: |_| Ok(()),
    },
    Field {
        key: "ldap.starttls",
        default: "false",
        is_secret: false,
        meaning: "`ldap://` turns to TLS before anything is said. Without it, `ldap://` is refused but for this machine.",
        check: yes_or_no,
    },
    Field {
        key: "ldap.authority",
        default: "",
        is_secret: false,
        meaning: "A file with certificates (PEM) that are trusted besides the public ones.",
        check: |_| Ok(()),
    },
    Field {
        key: "ldap.bind_dn",
        default: "",
        is_secret: false,
        meaning: "The name that searches, such as `cn=orchestre,ou=services,dc=example,dc=com`. Empty: anonymous.",
        check: |_| Ok(()),
    },
    Field {
        key: "ldap.bind_password",
        default: "",
        is_secret: true,
        meaning: "Its password; better in a file, named by `ORCHESTRE_LDAP_BIND_PASSWORD_FILE`.",
        check: |_| Ok(()),
    },
    Field {
        key: "ldap.base",
        default: "",
        is_secret: false,
        meaning: "Where people are: `ou=people,dc=example,dc=com`.",
        check: |_| Ok(()),
    },
    Field {
        key: "ldap.filter",
        default: "(|(mail={login})(uid={login}))",
        is_secret: false,
        meaning: "How somebody is found; `{login}` is what was typed, escaped. Active Directory: `(&(objectClass=user)(|(mail={login})(sAMAccountName={login})))`.",
        check: |value| value.contains("{login}").then_some(()).ok_or("must have {login}"),
    },
    Field {
        key: "ldap.group_base",
        default: "",
        is_secret: false,
        meaning: "Where groups are. Empty: nobody has groups.",
        check: |_| Ok(()),
    },
    Field {
        key: "ldap.group_filter",
        default: "(|(member={dn})(uniqueMember={dn}))",
        is_secret: false,
        meaning: "How the groups of a member are found; `{dn}` is the member, escaped. Groups in groups are followed.",
        check: |value| value.contains("{dn}").then_some(()).ok_or("must have {dn}"),
    },
    Field {
        key: "ldap.roles",
        default: "",
        is_secret: false,
        meaning: "Roles that groups bring: `kam-team = KAM; directors = PD`. A group is its `cn` or its whole name; these roles come and go with the groups.",
        check: |value| crate::config::identity::roles(value).map(|_| ()),
    },
    Field {
        key: "ldap.domains",
        default: "",
        is_secret: false,
        meaning: "Domains of addresses, separated by commas, that the directory answers for. Empty: everybody but break-glass administrators.",
        check: |_| Ok(()),
    },
    Field {
        key: "ldap.create",
        default: "false",
        is_secret: false,
        meaning: "Makes a sign-in for somebody of the directory who has none.",
        check: yes_or_no,
    },
    Field {
        key: "ldap.timeout",
        default: "5",
        is_secret: false,
        meaning: "Seconds that a server of the directory and each of its answers may take.",
        check: |value| whole(value, 1, 60),
    },
];
