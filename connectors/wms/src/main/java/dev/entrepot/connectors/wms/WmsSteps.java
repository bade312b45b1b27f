package dev.entrepot.connectors.wms;

import dev.entrepot.kit.remote.BulkStep;
import dev.entrepot.kit.remote.ItemShape;
import dev.entrepot.spi.record.FieldSpec;
import java.util.List;
import java.util.Map;

/// What is written to the WMS (contract): items, then where they are.
///
/// - Service `inventory`: `POST /inventory/items/bulk {"items": […]}`, at most 100, creates or
///   replaces by `item_id`; `POST /inventory/items` and `PUT /inventory/items/{id}` one; `GET
///   /inventory/items?ids=a,b` for those there are.
/// - Service `warehouse`: `POST /warehouse/locations {"locations": [{location_code, zone_id,
///   item_id}]}`, at most 100; an item is in one location. `GET /warehouse/locations?item_ids=a,b`,
///   `GET /warehouse/zones`.
///
/// An item may have other fields besides, such as a colour, under names of their own.
///
/// An item's location is a field of it, too, so that a new location is a change of both. An item
/// without one has no second step; the WMS has no call that ends a location.
final class WmsSteps {
  static final int LIMIT = 100;

  private static final FieldSpec ITEM_ID =
      new FieldSpec("item_id", FieldSpec.Type.TEXT, true, "by which the WMS knows the item");
  private static final FieldSpec ZONE_ID =
      new FieldSpec("zone_id", FieldSpec.Type.TEXT, false, "the zone that the location is in");

  static final List<FieldSpec> ITEM =
      List.of(
          ITEM_ID,
          new FieldSpec(
              "external_item_code", FieldSpec.Type.TEXT, true, "its id in the other system"),
          new FieldSpec("item_name", FieldSpec.Type.TEXT, true, "its name"),
          new FieldSpec("ean_code", FieldSpec.Type.TEXT, false, "EAN, 13 digits"),
          new FieldSpec(
              "available_quantity", FieldSpec.Type.DECIMAL, true, "how many are in stock"),
          new FieldSpec(
              "location_code",
              FieldSpec.Type.TEXT,
              false,
              "where it is: a capital and four digits"),
          ZONE_ID);

  static final BulkStep ITEMS =
      new BulkStep(
          "items",
          "Items",
          LIMIT,
          "items",
          "item_id",
          new ItemShape(ITEM, ItemShape.Others.TAKEN),
          Map.of(),
          null,
          "/inventory/items/bulk",
          "/inventory/items",
          "/inventory/items",
          "ids");

  static final BulkStep LOCATIONS =
      new BulkStep(
          "locations",
          "Locations",
          LIMIT,
          "locations",
          "item_id",
          new ItemShape(
              List.of(
                  new FieldSpec("location_code", FieldSpec.Type.TEXT, true, "where the item is"),
                  ZONE_ID,
                  ITEM_ID)),
          Map.of(),
          "location_code",
          "/warehouse/locations",
          null,
          "/warehouse/locations",
          "item_ids");

  private WmsSteps() {}
}
