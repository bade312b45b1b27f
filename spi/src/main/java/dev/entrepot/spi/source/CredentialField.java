package dev.entrepot.spi.source;

/// A part of a system's credentials.
///
/// @param name as in the JSON that holds them; nested ones with points
/// @param secret whether its value is never shown
public record CredentialField(String name, String description, boolean mandatory, boolean secret) {}
