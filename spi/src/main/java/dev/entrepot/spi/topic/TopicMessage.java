package dev.entrepot.spi.topic;

/// What is published.
///
/// @param id the same at every attempt; where the service can, it tells repeats by it
/// @param type what it tells of, such as `upload.finished`; ASCII, at most 100 characters
/// @param group messages of one group keep their order, where the topic keeps one
/// @param body JSON
public record TopicMessage(String id, String type, String group, String body) {}
