package dev.entrepot.inbox.hotstore;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;

/// Where statements run: in transactions of their own, or in somebody else's.
interface Session {
  <T> T read(Database.Work<T> work);

  <T> T write(Database.Work<T> work);

  static Session of(Database database) {
    return new Session() {
      @Override
      public <T> T read(Database.Work<T> work) {
        return database.read(work);
      }

      @Override
      public <T> T write(Database.Work<T> work) {
        return database.write(work);
      }
    };
  }

  static Session within(Connection transaction) {
    return new Session() {
      @Override
      public <T> T read(Database.Work<T> work) {
        return write(work);
      }

      @Override
      public <T> T write(Database.Work<T> work) {
        try {
          return work.run(transaction);
        } catch (SQLException e) {
          throw StorageException.of(e);
        }
      }
    };
  }
}
