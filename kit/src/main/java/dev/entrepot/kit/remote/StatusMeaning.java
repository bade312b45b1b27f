package dev.entrepot.kit.remote;

import dev.entrepot.spi.remote.RemoteException.Code;

/// What an answer's status means, for reads and for writes.
public enum StatusMeaning {
  DONE(Code.FAULT),
  /// A write is rejected; a read makes no sense.
  REJECTED(Code.REFUSED),
  DENIED(Code.DENIED),
  REFUSED(Code.REFUSED),
  THROTTLED(Code.THROTTLED),
  UNAVAILABLE(Code.UNAVAILABLE),
  FAULT(Code.FAULT);

  private final Code code;

  StatusMeaning(Code code) {
    this.code = code;
  }

  /// Why a read with such an answer brought nothing.
  Code code() {
    return code;
  }
}
