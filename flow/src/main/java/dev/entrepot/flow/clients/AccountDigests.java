package dev.entrepot.flow.clients;

/// Keyed digests of what tells one account at a system from another.
///
/// @param own of settings and credentials, of this client alone: when it changes, nothing is known
///   any more of what the account holds
/// @param common of address and secrets, the same for every client that uses the account
public record AccountDigests(String own, String common) {}
