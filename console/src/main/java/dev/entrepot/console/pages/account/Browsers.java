package dev.entrepot.console.pages.account;

/// What browsers are called by people, guessed from what they call themselves.
final class Browsers {
  private Browsers() {}

  /// The browser, for example `Firefox`.
  static String name(String agent) {
    if (agent.contains("Firefox/")) {
      return "Firefox";
    }
    if (agent.contains("Edg/")) {
      return "Edge";
    }
    if (agent.contains("Chrome/")) {
      return agent.contains("Headless") ? "Chrome without a window" : "Chrome";
    }
    return agent.contains("Safari/") ? "Safari" : "Another browser";
  }

  /// The system it runs on, for example `Windows`.
  static String system(String agent) {
    if (agent.contains("Android")) {
      return "Android";
    }
    if (agent.contains("iPhone") || agent.contains("iPad")) {
      return "iOS";
    }
    if (agent.contains("Windows")) {
      return "Windows";
    }
    if (agent.contains("Mac OS X")) {
      return "macOS";
    }
    return agent.contains("Linux") ? "Linux" : "unknown system";
  }
}
