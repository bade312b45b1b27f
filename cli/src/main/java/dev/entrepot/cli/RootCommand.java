package dev.entrepot.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/// `entrepot` itself; what it says of help and layout holds for every command below it.
@Command(
    name = "entrepot",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    descriptionHeading = "%n",
    footerHeading = "%n")
final class RootCommand {}
