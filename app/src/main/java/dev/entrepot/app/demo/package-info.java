/// A demo world of our own making: vendors, files with mistakes, sign-ins, a first upload.
@NullMarked
package dev.entrepot.app.demo;

import org.jspecify.annotations.NullMarked;
