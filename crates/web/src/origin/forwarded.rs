//! What our own proxies say of a request: read from the nearest hop outwards, so that what a client
//! wrote itself never counts.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

use crate::state::Proxies;

/// What was heard.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Heard {
    /// The nearest address that is not one of our proxies.
    pub(super) client: Option<IpAddr>,
    /// Whether the proxy was reached by TLS.
    pub(super) is_secure: bool,
    /// The host that was asked for.
    pub(super) host: Option<String>,
}

/// Reads the headers of a trusted proxy.
pub(super) fn hear(headers: &HeaderMap, proxies: &Proxies) -> Heard {
    let (hops, protocol, host) =
        if proxies.is_standard { standard(headers) } else { customary(headers) };
    Heard {
        client: client(&hops, proxies),
        is_secure: protocol.is_some_and(|protocol| protocol.eq_ignore_ascii_case("https")),
        host: host.filter(|host| is_host(host)),
    }
}

type Told = (Vec<String>, Option<String>, Option<String>);

/// `X-Forwarded-For`, `-Proto` and `-Host`: of several values the last is the nearest proxy's.
fn customary(headers: &HeaderMap) -> Told {
    let hops = list(headers, "x-forwarded-for");
    let last = |name| list(headers, name).pop();
    (hops, last("x-forwarded-proto"), last("x-forwarded-host"))
}

/// `Forwarded: for=…;proto=…;host=…, …` (RFC 7239).
fn standard(headers: &HeaderMap) -> Told {
    let elements = list(headers, "forwarded");
    let part = |element: &str, name: &str| {
        element.split(';').find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_owned())
        })
    };
    let hops = elements.iter().map(|element| part(element, "for").unwrap_or_default()).collect();
    let last = |name| elements.last().and_then(|element| part(element, name));
    (hops, last("proto"), last("host"))
}

/// Gives the parts of a header that may stand several times.
fn list(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    let parts = lines.flat_map(|line| line.split(',')).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Gives the first hop from the right that is not one of ours; one that cannot be read ends the
/// search, since nothing behind it can be trusted.
fn client(hops: &[String], proxies: &Proxies) -> Option<IpAddr> {
    let mut found = None;
    for hop in hops.iter().rev() {
        let Some(address) = address(hop) else { break };
        found = Some(address);
        if !proxies.has(address) {
            break;
        }
    }
    found
}

/// Reads `192.0.2.1`, `192.0.2.1:99`, `2001:db8::1`, `[2001:db8::1]` and `[2001:db8::1]:99`.
fn address(text: &str) -> Option<IpAddr> {
    let plain = text.trim_start_matches('[').trim_end_matches(']');
    let read = plain.parse::<IpAddr>().ok();
    read.or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

fn is_host(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '[' | ']');
    !text.is_empty() && text.len() <= 255 && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::network;

    fn ours() -> Proxies {
        let networks = ["10.0.0.0/8", "::1"].iter().filter_map(|text| network(text)).collect();
        Proxies { networks, is_standard: false }
    }

    fn heard(proxies: &Proxies, pairs: &[(&'static str, &str)]) -> Heard {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        hear(&headers, proxies)
    }

    fn client_of(hops: &str) -> Option<String> {
        heard(&ours(), &[("x-forwarded-for", hops)]).client.map(|address| address.to_string())
    }

    #[test]
    fn the_nearest_stranger_is_the_client() {
        for (hops, wanted) in [
            ("192.0.2.7", Some("192.0.2.7")),
            ("192.0.2.66, 192.0.2.7", Some("192.0.2.7")),
            ("192.0.2.66, 192.0.2.7, 10.1.2.3", Some("192.0.2.7")),
            ("192.0.2.7:4711", Some("192.0.2.7")),
            ("[2001:db8::1]:4711, ::1", Some("2001:db8::1")),
            ("10.0.0.1, 10.0.0.2", Some("10.0.0.1")),
            ("192.0.2.66, unknown, 10.0.0.2", Some("10.0.0.2")),
            ("<script>", None),
            ("", None),
        ] {
            assert_eq!(client_of(hops).as_deref(), wanted, "{hops}");
        }
    }

    #[test]
    fn the_last_protocol_and_host_count() {
        let told = [("x-forwarded-proto", "https, http"), ("x-forwarded-host", "a.example")];
        let heard_so = heard(&ours(), &told);
        assert_eq!((heard_so.is_secure, heard_so.host.as_deref()), (false, Some("a.example")));
        assert!(heard(&ours(), &[("x-forwarded-proto", "HTTPS")]).is_secure);
        assert_eq!(heard(&ours(), &[("x-forwarded-host", "a b\"")]).host, None);
    }

    #[test]
    fn only_the_form_that_our_proxies_speak_counts() {
        let standard = ("forwarded", "for=\"[2001:db8::7]:1\";proto=https;host=k.example");
        let told = heard(
            &Proxies { is_standard: true, ..ours() },
            &[standard, ("x-forwarded-for", "192.0.2.66")],
        );
        assert_eq!(told.client.unwrap().to_string(), "2001:db8::7");
        assert_eq!((told.is_secure, told.host.as_deref()), (true, Some("k.example")));
        assert_eq!(heard(&ours(), &[standard]), Heard::default());
    }
}
