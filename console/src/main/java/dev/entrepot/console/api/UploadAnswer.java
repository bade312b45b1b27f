package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.entrepot.console.server.Answer;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;

/// An upload as the answer to its sending.
///
/// @param alreadyKnown whether the same bytes came before; then it is the upload of that time
record UploadAnswer(@JsonUnwrapped Upload upload, boolean alreadyKnown) {

  static Answer of(Uploads.Receipt receipt) {
    String location = ApiPath.of("/uploads/" + receipt.upload().id());
    return Answer.json(
            receipt.alreadyKnown() ? 200 : 202,
            new UploadAnswer(receipt.upload(), receipt.alreadyKnown()))
        .with("Location", location);
  }
}
