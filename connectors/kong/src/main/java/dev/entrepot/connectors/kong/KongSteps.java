package dev.entrepot.connectors.kong;

import dev.entrepot.kit.remote.BulkStep;
import dev.entrepot.kit.remote.ItemShape;
import dev.entrepot.spi.record.FieldSpec;
import java.util.List;
import java.util.Map;

/// What is written to Kong (contract): products, then which RFID tag is on which.
///
/// - `POST /products/bulk {"products": […]}`, at most 100, creates or replaces by `product_id`;
///   `POST /products` and `PUT /products/{id}` one; `GET /products?ids=a,b` for those there are.
/// - `POST /rfid/tags {"tags": [{tag_id, product_id}]}`, at most 100; a product has one tag,
///   another takes its place. `GET /rfid/tags?product_ids=a,b`.
///
/// A product may have other fields besides, such as a colour, under names of their own.
///
/// A product's tag is a field of it, too, so that a new tag is a change of both. A tag that is
/// taken off a product goes from its field; Kong has no call that ends the association itself.
final class KongSteps {
  static final int LIMIT = 100;

  static final List<FieldSpec> PRODUCT =
      List.of(
          new FieldSpec("product_id", FieldSpec.Type.TEXT, true, "by which Kong knows the product"),
          new FieldSpec(
              "external_reference", FieldSpec.Type.TEXT, true, "its id in the other system"),
          new FieldSpec("name", FieldSpec.Type.TEXT, true, "its name"),
          new FieldSpec("barcode", FieldSpec.Type.TEXT, false, "EAN, 13 digits"),
          new FieldSpec("quantity", FieldSpec.Type.DECIMAL, true, "how many are in stock"),
          new FieldSpec("rfid_tag_id", FieldSpec.Type.TEXT, false, "the RFID tag that is on it"));

  static final BulkStep PRODUCTS =
      new BulkStep(
          "products",
          "Products",
          LIMIT,
          "products",
          "product_id",
          new ItemShape(PRODUCT, ItemShape.Others.TAKEN),
          Map.of(),
          null,
          "/products/bulk",
          "/products",
          "/products",
          "ids");

  static final BulkStep TAGS =
      new BulkStep(
          "tags",
          "RFID tags",
          LIMIT,
          "tags",
          "product_id",
          new ItemShape(
              List.of(
                  new FieldSpec("tag_id", FieldSpec.Type.TEXT, true, "the RFID tag"),
                  new FieldSpec(
                      "product_id", FieldSpec.Type.TEXT, true, "the product that it is on"))),
          Map.of("tag_id", "rfid_tag_id"),
          "rfid_tag_id",
          "/rfid/tags",
          null,
          "/rfid/tags",
          "product_ids");

  static final List<BulkStep> ALL = List.of(PRODUCTS, TAGS);

  private KongSteps() {}
}
