/// What goes back to people as files: error reports that can be mended and sent again, templates,
/// exports.
@NullMarked
package dev.entrepot.onboarding.reports;

import org.jspecify.annotations.NullMarked;
