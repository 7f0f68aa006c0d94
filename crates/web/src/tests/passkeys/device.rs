//! A device with passkeys, in software: every answer of it can be bent.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Somebody was there, and showed who they are.
const SEEN: u8 = 0b101;
/// Somebody was there.
const THERE: u8 = 0b001;
/// A key comes with the answer.
const KEY: u8 = 0b100_0000;

/// A device that holds one key.
pub(super) struct Device {
    key: EcdsaKeyPair,
    /// The id that it gives its key.
    pub(super) id: Vec<u8>,
    /// Whose key it is, as the program told it.
    pub(super) user: String,
    /// Where the browser says it is.
    pub(super) origin: String,
    /// For whom the device signs.
    pub(super) party: String,
    /// How often it signed.
    pub(super) counter: u32,
    /// Whether it asks for finger, face or PIN.
    pub(super) asks: bool,
}

impl Device {
    pub(super) fn new(id: u8) -> Self {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &random);
        Self {
            key: key.unwrap(),
            id: vec![id; 16],
            user: String::new(),
            origin: "https://kam.example".to_owned(),
            party: "kam.example".to_owned(),
            counter: 0,
            asks: true,
        }
    }

    /// Makes it honest again, with a counter.
    pub(super) fn mend(&mut self, counter: u32) {
        let honest = Self::new(0);
        (self.origin, self.party, self.asks) = (honest.origin, honest.party, honest.asks);
        self.counter = counter;
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        let told = json!({
            "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false,
        });
        told.to_string().into_bytes()
    }

    fn told(&self, more: u8) -> Vec<u8> {
        let mut told = Sha256::digest(&self.party).to_vec();
        told.push(more | if self.asks { SEEN } else { THERE });
        told.extend(self.counter.to_be_bytes());
        told
    }

    /// Makes a key.
    pub(super) fn create(&mut self, options: &Value) -> String {
        options["publicKey"]["user"]["id"].as_str().unwrap().clone_into(&mut self.user);
        let mut told = self.told(KEY);
        told.extend([0; 16]);
        told.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        told.extend(&self.id);
        // COSE: an elliptic curve key, ES256, on P-256.
        let point = self.key.public_key().as_ref();
        told.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        told.extend(&point[1..33]);
        told.extend([0x22, 0x58, 0x20]);
        told.extend(&point[33..65]);
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": …}.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(told.len()).unwrap());
        object.extend(told);
        let response = json!({
            "clientDataJSON": BASE64.encode(self.client("webauthn.create", options)),
            "attestationObject": BASE64.encode(object),
        });
        self.answer(&response)
    }

    /// Signs with its key.
    pub(super) fn get(&mut self, options: &Value) -> String {
        self.counter += 1;
        let (told, client) = (self.told(0), self.client("webauthn.get", options));
        let mut message = told.clone();
        message.extend(Sha256::digest(&client));
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        let response = json!({
            "clientDataJSON": BASE64.encode(client),
            "authenticatorData": BASE64.encode(told),
            "signature": BASE64.encode(signature),
            "userHandle": self.user,
        });
        self.answer(&response)
    }

    fn answer(&self, response: &Value) -> String {
        let id = BASE64.encode(&self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "extensions": {}})
            .to_string()
    }
}
