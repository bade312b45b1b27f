package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who the server runs as, and how a program is started as that user. PostgreSQL refuses to run as
/// root, so for root it is `nobody`, or whoever owns the data already.
///
/// @param searches whether the user needs help to pass folders above its own (such as `/root`)
record ServerAccount(
    int user,
    int group,
    boolean root,
    boolean searches,
    Optional<Path> setpriv,
    Optional<Path> setsid) {

  private static final int NOBODY = 65_534;
  private static final List<Path> PROGRAMS =
      Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").map(Path::of).toList();

  /// The one for a folder.
  static ServerAccount of(ServerFolder folder) throws IOException {
    int self = owner(Path.of("/proc/self"));
    Optional<Path> setpriv = program("setpriv");
    Optional<Path> setsid = program("setsid");
    Path cluster = folder.cluster();
    if (self != 0) {
      if (Files.exists(cluster) && owner(cluster) != self) {
        throw new StorageException(
            Code.UNAVAILABLE,
            "the data in "
                + cluster
                + " belongs to user "
                + owner(cluster)
                + " and this is user "
                + self
                + "; run as that user (root, if root made it) or hand it over: chown -R "
                + self
                + " "
                + folder.path());
      }
      return new ServerAccount(self, group(Path.of("/proc/self")), false, false, setpriv, setsid);
    }
    if (setpriv.isEmpty()) {
      throw new StorageException(
          Code.UNAVAILABLE,
          "PostgreSQL does not run as root, and the program setpriv, which would start it as"
              + " another user, is missing; install the package util-linux, or run as an ordinary"
              + " user");
    }
    boolean owned = Files.exists(cluster) && owner(cluster) != 0;
    int user = owned ? owner(cluster) : NOBODY;
    int group = owned ? group(cluster) : NOBODY;
    return new ServerAccount(
        user, group, true, !reaches(folder.path(), user, group), setpriv, setsid);
  }

  /// The command that runs a program as this user.
  ///
  /// The program gets SIGINT when the thread that started it ends, where setpriv is there. It is in
  /// a session of its own, so that Ctrl-C in a terminal is for the caller alone.
  List<String> command(List<String> program) {
    List<String> command = new ArrayList<>();
    setsid.ifPresent(path -> command.add(path.toString()));
    setpriv.ifPresent(path -> {
      command.add(path.toString());
      if (root) {
        command.addAll(List.of("--reuid=" + user, "--regid=" + group, "--clear-groups"));
      }
      if (searches) {
        // One capability alone is kept, to pass folders that only root may. Without the
        // securebit access(2), which PostgreSQL asks about its own binary, ignores it.
        command.add("--securebits=+no_setuid_fixup");
        for (String set : List.of("inh-caps", "ambient-caps", "bounding-set")) {
          command.add("--" + set + "=-all,+dac_read_search");
        }
      }
      command.addAll(List.of("--pdeathsig", "INT", "--"));
    });
    command.addAll(program);
    return command;
  }

  /// Setting up a new server wants to know the user's name.
  void requireName() {
    if (!root && System.getProperty("user.name").equals("?")) {
      throw new StorageException(
          Code.UNAVAILABLE,
          "user "
              + user
              + " has no name in /etc/passwd, without which PostgreSQL cannot be set up; add a line"
              + " for it there, or run as a user that has one");
    }
  }

  /// Gives a file to this user.
  void own(Path file) throws IOException {
    if (root) {
      Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static boolean reaches(Path folder, int user, int group) throws IOException {
    for (Path at = folder.toRealPath(); at != null; at = at.getParent()) {
      int mode = (int) Files.getAttribute(at, "unix:mode");
      int shift = owner(at) == user ? 6 : group(at) == group ? 3 : 0;
      if ((mode >> shift & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Path> program(String name) {
    return PROGRAMS.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int owner(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:uid");
  }

  private static int group(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:gid");
  }
}
