package dynoai.app.cluster;

/** What may happen to a member of a fleet for a while. */
enum FaultKind {
    /** SIGKILL; a supervisor starts it again. */
    KILL {
        @Override
        void begin(Member member) {
            member.kill();
        }

        @Override
        void end(Member member) throws Exception {
            member.restart();
        }
    },
    /** SIGSTOP, as a machine that swaps or a virtual one that is moved. */
    PAUSE {
        @Override
        void begin(Member member) throws Exception {
            member.process().pause();
        }

        @Override
        void end(Member member) throws Exception {
            member.process().resume();
        }
    },
    /** Its connections are closed, and new ones too. */
    CUT {
        @Override
        void begin(Member member) {
            member.setLinks(Link.State.CUT);
        }

        @Override
        void end(Member member) {
            member.setLinks(Link.State.UP);
        }
    },
    /** Its connections stay open and carry nothing. */
    STALL {
        @Override
        void begin(Member member) {
            member.setLinks(Link.State.STALLED);
        }

        @Override
        void end(Member member) {
            member.setLinks(Link.State.UP);
        }
    };

    abstract void begin(Member member) throws Exception;

    abstract void end(Member member) throws Exception;
}
