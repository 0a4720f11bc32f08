import java.io.File;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Judges PDF files with veraPDF, all in one JVM: FLAVOUR,FLAVOUR… FILE…
 *
 * <p>Prints a line "verdict TAB file number TAB flavour TAB passed|failed" for each judgement, then a
 * line "rule TAB text" for each distinct rule broken. The caller is verapdf.py.
 */
public final class VeraPdf {
    public static void main(String[] args) {
        LogManager.getLogManager().getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (int file = 1; file < args.length; file++) {
            for (String flavour : args[0].split(",")) {
                report(file - 1, flavour, brokenRules(new File(args[file]), flavour));
            }
        }
    }

    private static TreeSet<String> brokenRules(File file, String name) {
        TreeSet<String> rules = new TreeSet<>();
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            rules.add("veraPDF knows no flavour " + name);
            return rules;
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion failed : result.getTestAssertions()) {
                rules.add(failed.getRuleId().getClause() + "-" + failed.getRuleId().getTestNumber()
                        + " " + failed.getMessage());
            }
            if (!result.isCompliant() && rules.isEmpty()) {
                rules.add("not compliant: " + result.getJobEndStatus());
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError refused) {
            rules.add("cannot be judged: " + refused);
        }
        return rules;
    }

    private static void report(int file, String flavour, TreeSet<String> rules) {
        System.out.println("verdict\t" + file + "\t" + flavour + "\t" + (rules.isEmpty() ? "passed" : "failed"));
        for (String rule : rules) {
            System.out.println("rule\t" + rule.replaceAll("\\s+", " "));
        }
    }
}
