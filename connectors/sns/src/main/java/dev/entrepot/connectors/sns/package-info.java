/// Topics of Amazon SNS.
@NullMarked
package dev.entrepot.connectors.sns;

import org.jspecify.annotations.NullMarked;
