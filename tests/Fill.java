// Fills forms headless with JavaRosa, the engine of ODK Collect:
//     java -cp ODK_Validate.jar Fill.java FORM.xml ANSWERS [FORM.xml ANSWERS ...]
// ANSWERS: a line each, `/data/group/name<TAB>value`; in repeats `/data/group[2]/name`.
// CSV lists lie beside the form. Prints for each form `== FORM`, `# fault` for what ODK Validate finds, `! path: why` for every answer refused, `? path` for the
// first question that keeps it from being sent, then the submission as JavaRosa writes it. A form that JavaRosa does not accept ends the program with 1.

import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.javarosa.core.model.*;
import org.javarosa.core.model.data.*;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.*;
import org.javarosa.core.reference.*;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.form.api.*;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.xform.util.XFormUtils;
import org.opendatakit.validate.*;

public class Fill {
    /** Files beside the form. `file-csv` is asked first, since `file` would take its addresses too. */
    record Beside(String scheme, Path folder) implements ReferenceFactory {
        public boolean derives(String uri) { return uri.startsWith("jr://" + scheme + "/"); }
        public Reference derive(String uri) { return new Local(folder.resolve(uri.substring(uri.lastIndexOf('/') + 1)), uri); }
        public Reference derive(String uri, String context) { return derive(uri); }
    }

    record Local(Path path, String uri) implements Reference {
        public boolean doesBinaryExist() { return Files.exists(path); }
        public InputStream getStream() throws IOException { return Files.newInputStream(path); }
        public OutputStream getOutputStream() { throw new UnsupportedOperationException(); }
        public String getURI() { return uri; }
        public String getLocalURI() { return path.toString(); }
        public boolean isReadOnly() { return true; }
        public void remove() { }
        public Reference[] probeAlternativeReferences() { return new Reference[0]; }
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        PropertyManager.setPropertyManager(new StubPropertyManager());
        new org.javarosa.model.xform.XFormsModule().registerModule();
        for (int at = 0; at + 1 < args.length; at += 2) {
            out.println("== " + args[at]);
            Path form = Path.of(args[at]).toAbsolutePath();
            if (at == 0 || !args[at].equals(args[at - 2])) validate(form, out);
            out.println(fill(load(form), answers(Path.of(args[at + 1])), out));
        }
    }

    /** As ODK Validate itself judges the form; what it finds is printed after `#`. */
    static void validate(Path form, PrintStream out) throws IOException {
        new FormValidator().setErrorListener(new ErrorListener() {
            public void error(Object said) { out.println("# " + said); }
            public void error(Object said, Throwable why) { out.println("# " + said + ": " + why); }
            public void info(Object said) { }
        }).validate(Files.readAllBytes(form));
    }

    static FormDef load(Path form) throws Exception {
        ReferenceManager files = ReferenceManager.instance();
        files.reset();
        files.addReferenceFactory(new Beside("file-csv", form.getParent()));
        files.addReferenceFactory(new Beside("file", form.getParent()));
        try (InputStream stream = Files.newInputStream(form)) {
            FormDef def = XFormUtils.getFormFromInputStream(stream, form.getParent().toString());
            def.initialize(true, new InstanceInitializationFactory());
            return def;
        }
    }

    static Map<String, String> answers(Path file) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int tab = line.indexOf('\t');
            if (tab > 0) found.put(plain(line.substring(0, tab)), line.substring(tab + 1));
        }
        return found;
    }

    static String fill(FormDef def, Map<String, String> answers, PrintStream out) throws Exception {
        FormEntryModel model = new FormEntryModel(def, FormEntryModel.REPEAT_STRUCTURE_LINEAR);
        FormEntryController pen = new FormEntryController(model);
        int event = pen.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        while (event != FormEntryController.EVENT_END_OF_FORM) {
            if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT && wanted(model.getFormIndex(), answers)) pen.newRepeat();
            if (event == FormEntryController.EVENT_QUESTION) answer(pen, model.getQuestionPrompt(), answers, out);
            event = pen.stepToNextEvent();
        }
        ValidateOutcome outcome = def.validate(true);
        if (outcome != null) out.println("? " + name(outcome.failedPrompt));
        pen.finalizeFormEntry();
        byte[] xml = new XFormSerializingVisitor().serializeInstance(def.getMainInstance());
        return new String(xml, StandardCharsets.UTF_8);
    }

    static boolean wanted(FormIndex index, Map<String, String> answers) {
        String path = name(index);
        return answers.keySet().stream().anyMatch(key -> key.startsWith(path + "/"));
    }

    static String name(FormIndex index) {
        return plain(index.getReference().toString(true));
    }

    /** The first of a repeat, and whatever does not repeat, goes without a number. */
    static String plain(String path) {
        return path.replace("[1]", "").replace("[@template]", "");
    }

    static void answer(FormEntryController pen, FormEntryPrompt prompt, Map<String, String> answers, PrintStream out) {
        String path = name(prompt.getIndex());
        String text = answers.get(path);
        if (text == null || prompt.isReadOnly()) return;
        int result = pen.answerQuestion(data(prompt, text), true);
        if (result != FormEntryController.ANSWER_OK)
            out.println("! " + path + ": " + (result == FormEntryController.ANSWER_CONSTRAINT_VIOLATED ? "constraint" : "required"));
    }

    static IAnswerData data(FormEntryPrompt prompt, String text) {
        switch (prompt.getControlType()) {
            case Constants.CONTROL_SELECT_ONE: return new SelectOneData(choice(prompt, text));
            case Constants.CONTROL_SELECT_MULTI:
                List<Selection> chosen = new ArrayList<>();
                for (String value : text.split(" ")) chosen.add(choice(prompt, value));
                return new SelectMultiData(chosen);
            default: return new UncastData(text).uncast() == null ? null : cast(prompt, text);
        }
    }

    static Selection choice(FormEntryPrompt prompt, String value) {
        for (SelectChoice choice : prompt.getSelectChoices())
            if (choice.getValue().equals(value)) return choice.selection();
        throw new IllegalArgumentException("no choice " + value + " at " + name(prompt.getIndex()));
    }

    static IAnswerData cast(FormEntryPrompt prompt, String text) {
        int type = prompt.getDataType();
        if (type == Constants.DATATYPE_BINARY || prompt.getControlType() == Constants.CONTROL_TRIGGER) return new StringData(text);
        IAnswerData template = AnswerDataFactory.templateByDataType(type);
        return template == null ? new StringData(text) : template.cast(new UncastData(text));
    }
}
