"""The public interface for other systems."""
