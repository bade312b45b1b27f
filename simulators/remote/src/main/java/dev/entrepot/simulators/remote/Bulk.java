package dev.entrepot.simulators.remote;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Calls that bring many items at once, and tell of each what became of it: `{"results": [{<ids>,
/// "status": "created" | "updated" | "unchanged" | "rejected", "error"?: {"code", "message"}}]}`,
/// in the order of the items. 200, or 207 when one was rejected.
///
/// @param list the field that holds the items, such as `products`
/// @param limit how many items a call has at most; with more, 400 for all of it
/// @param ids the fields of an item that its result begins with
/// @param rules what each item must meet by itself
/// @param keeper meets the rest and keeps it
public record Bulk(String list, int limit, List<String> ids, ItemRules rules, Keeper keeper) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Knows what is held.
  public interface Keeper {

    /// What stands against an item that meets the rules; empty: nothing.
    Optional<ItemFault> check(String tenant, JsonNode item);

    Effect keep(String tenant, JsonNode item);
  }

  public Bulk {
    ids = List.copyOf(ids);
  }

  /// Carries a call out. Calls of the same keeper wait for each other.
  public Reply answer(Call call, BatchPolicy policy) {
    var items = items(call);
    synchronized (keeper) {
      if (policy == BatchPolicy.ALL_OR_NOTHING
          && items.stream().anyMatch(item -> fault(call, item).isPresent())) {
        throw new Refusal(400, "BATCH_REFUSED", "an item of " + list + " is not acceptable");
      }
      var answer = JSON.createObjectNode();
      var results = answer.putArray("results");
      boolean whole = true;
      for (var item : items) {
        var result = results.addObject();
        ids.forEach(
            id -> result.set(id, item.path(id).isMissingNode() ? JSON.nullNode() : item.path(id)));
        whole &= settle(call, item, result);
      }
      return Reply.json(whole ? 200 : 207, answer);
    }
  }

  /// Keeps the one item that is the call's body under a key that is not held yet: 201, or 400 with
  /// the item's fault.
  ///
  /// @param held whether there is such a thing; then 409
  public Reply create(Call call, Predicate<String> held) {
    return single(
        call,
        item -> {
          var key = item.path(ids.getFirst()).asString("");
          if (held.test(key)) {
            throw new Refusal(409, "ALREADY_EXISTS", "there is " + key + " already");
          }
          return 201;
        });
  }

  /// Keeps the one item that is the call's body in place of the one with the id of the path: 200,
  /// or 400 with the item's fault.
  ///
  /// @param held whether there is such a thing; otherwise 404
  public Reply replace(Call call, Predicate<String> held) {
    var key = call.variable("id");
    return single(
        call,
        item -> {
          if (!held.test(key)) {
            throw new Refusal(404, "NOT_FOUND", "there is no " + key);
          }
          if (!item.path(ids.getFirst()).asString("").equals(key)) {
            throw new Refusal(400, "INVALID_VALUE", ids.getFirst() + " is not " + key);
          }
          return 200;
        });
  }

  private Reply single(Call call, ToIntFunction<JsonNode> status) {
    var item = call.json();
    synchronized (keeper) {
      var fault = fault(call, item);
      if (fault.isPresent()) {
        throw new Refusal(400, fault.get().code(), fault.get().message());
      }
      int done = status.applyAsInt(item);
      var result = JSON.createObjectNode();
      ids.forEach(id -> result.set(id, item.path(id)));
      return Reply.json(done, result.put("status", keeper.keep(call.tenant(), item).word()));
    }
  }

  /// What stands against one item, whoever sent it.
  private Optional<ItemFault> fault(Call call, JsonNode item) {
    if (call.rejects(item)) {
      return Optional.of(
          new ItemFault("REJECTED", "the item is rejected by a rule of this system"));
    }
    return rules.check(item).or(() -> keeper.check(call.tenant(), item));
  }

  private boolean settle(Call call, JsonNode item, ObjectNode result) {
    var fault = fault(call, item);
    if (fault.isEmpty()) {
      result.put("status", keeper.keep(call.tenant(), item).word());
      return true;
    }
    result.put("status", "rejected");
    result.putObject("error").put("code", fault.get().code()).put("message", fault.get().message());
    return false;
  }

  private List<JsonNode> items(Call call) {
    var items = call.json().path(list);
    if (!items.isArray()) {
      throw new Refusal(400, "INVALID_BODY", "the body has no list `" + list + "`");
    }
    if (items.size() > limit) {
      throw new Refusal(
          400,
          "TOO_MANY_ITEMS",
          "a call has at most %d %s, not %d".formatted(limit, list, items.size()));
    }
    return items.values().stream().toList();
  }

  /// The ids in a query such as `?ids=a,b`.
  ///
  /// @throws Refusal 400 when there are none, or too many
  private List<String> asked(Call call, String parameter) {
    var ids =
        call.query(parameter).stream()
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .filter(id -> !id.isBlank())
            .toList();
    if (ids.isEmpty() || ids.size() > limit) {
      throw new Refusal(
          400,
          "INVALID_QUERY",
          "`%s` asks for 1 to %d, not %d".formatted(parameter, limit, ids.size()));
    }
    return ids;
  }

  /// `{<list>: [...]}` of what is found of those asked for.
  public Reply found(Call call, String parameter, Function<String, Optional<ObjectNode>> find) {
    var answer = JSON.createObjectNode();
    var things = answer.putArray(list);
    asked(call, parameter).forEach(id -> find.apply(id).ifPresent(things::add));
    return Reply.json(200, answer);
  }
}
