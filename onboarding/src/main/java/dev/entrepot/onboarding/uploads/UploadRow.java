package dev.entrepot.onboarding.uploads;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the processing of an upload needs of its row.
///
/// @param checkpoint the last row that is settled
/// @param store the folder that the file lies in; null: not known
/// @param sheet which sheet of a workbook was begun; null: none, or it was begun before that was
///   kept
/// @param mapping as JSON: chosen by the sender, or fixed when reading began
record UploadRow(
    UUID id,
    String vendor,
    String fileName,
    String contentHash,
    long bytes,
    String submittedBy,
    Uploads.Limits limits,
    Upload.State state,
    @Nullable String mapping,
    List<String> header,
    @Nullable Integer sheet,
    long checkpoint,
    @Nullable UUID store) {}
